use super::{Api, Fault, decode, page, problem, refusal};
use contract::receipt::ReceiptCheck;

impl Api {
    /// What anybody may know of a declaration by its receipt code, in its written form; nothing if no receipt has it. Needs no
    /// session.
    ///
    /// # Errors
    /// [`Fault`]; a [`Fault::Problem`] also after too many calls from one network.
    pub async fn check_receipt(&self, code: &str) -> Result<Option<ReceiptCheck>, Fault> {
        let answer = self.send("GET", &format!("receipts/{}", page::encode(code)), None, None).await?;
        match answer.status {
            // A 404 of something in between is no answer.
            404 => match problem(&answer) {
                Fault::Problem(_) => Ok(None),
                fault => Err(fault),
            },
            429 => Err(problem(&answer)),
            _ => decode(&answer).map(Some),
        }
    }

    /// Ends every session of the learner who is signed in, on every device. Having none is no fault.
    ///
    /// # Errors
    /// [`Fault`].
    pub async fn sign_out_everywhere(&self) -> Result<(), Fault> {
        self.forget_unchanged();
        let answer = self.send("DELETE", "sessions", None, None).await?;
        match (answer.status, refusal(&answer)) {
            (204, _) | (_, Some(Fault::SignedOut)) => Ok(()),
            (_, Some(fault)) => Err(fault),
            _ => Err(Fault::Unreachable),
        }
    }
}
