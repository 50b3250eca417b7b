texts! {
    Receipts {
        title = "My receipts";
        // The title of a page about one declaration.
        one = "Receipt";
        intro = "Each declaration you signed, and where it is now.";
        none = "You have not declared any work yet.";
        waiting = "On this device";
        arrived = "Received";
        status_saved = "Saved on this device, not sent yet";
        status_sent = "Sent. The receipt is on its way";
        status_attention = "Needs you to do something";
        status_received = "Received";
        status_countersigned = "Countersigned";
        status_withdrawn = "Withdrawn";
        status_withdrawing = "Withdrawal not sent yet";
        attempt: fn(u32) -> String = |n| format!("Attempt {n}");
        code = "Receipt code";
        code_hint = "Read it to your tutor on the telephone. They can check it with it alone.";
        received_at = "Received";
        signed_at = "You signed";
        signed_by_device = "by this device’s clock";
        fingerprint = "Fingerprint of what you signed";
        countersigned = "Your assessor signed";
        countersigned_by: fn(&str) -> String = |name| format!(", by {name}");
        withdrawn_at = "Withdrawn";
        signature = "Signed by our service";
        signature_key: fn(&str) -> String = |key| format!("with key {key}");
        late_fact = "It came after the deadline. Your tutor decides what that means.";
        work = "Work";
        saved_title = "Saved on this device, not sent yet";
        saved_text = "Your declaration is signed and saved on this device. It goes by itself when the connection is back. Keep this page open, or come back to the portal on this device.";
        received_title = "We have your declaration";
        received_text = "It is kept as you signed it. Nobody can change it unnoticed. Write down the code.";
        attention_title = "Your declaration was not taken";
        attention_text = "It is still saved on this device, as you signed it. Here is what the service said:";
        attention_do = "Call your tutor and read this to them. Or try once more.";
        send_again = "Try once more";
        copy = "Save a copy of what is not sent";
        copy_text = "It is a small file. Keep it for yourself, or give it to your tutor.";
        copy_file = "declarations-not-sent.json";
        copied = "The copy is in your downloads.";
        not_copied = "This browser could not save the copy. Print this page instead.";
        gone_title = "This receipt is not on this device";
        gone = "It may belong to somebody else, or it has not come yet. Go to My receipts.";
        to_list = "Go to My receipts";
        next_title = "What happens next";
        next = "Hand in the work itself the usual way. Your assessor signs too, after they have looked at it.";
        waiting_since: fn(&str) -> String = |time| format!("Saved {time}");
    }
}
