//! From IndexedDB's events to futures.

use js_sys::{Function, Promise};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Event, IdbRequest, IdbTransaction};

/// Keeps the callbacks for as long as the browser may call them.
pub(super) struct Listeners {
    _callbacks: [Closure<dyn FnMut(Event)>; 2],
    forget: Box<dyn Fn()>,
}

impl Drop for Listeners {
    fn drop(&mut self) {
        (self.forget)();
    }
}

/// What a request gives.
pub(super) async fn answer(request: &IdbRequest) -> Result<JsValue, JsValue> {
    let (promise, resolve, reject) = promise();
    let (good, bad) = (request.clone(), request.clone());
    let success = Closure::<dyn FnMut(Event)>::new(move |_| {
        let _ = resolve.call1(&JsValue::UNDEFINED, &good.result().unwrap_or(JsValue::UNDEFINED));
    });
    let error = Closure::<dyn FnMut(Event)>::new(move |_| {
        let _ = reject.call1(&JsValue::UNDEFINED, &bad.error().ok().flatten().into());
    });
    request.set_onsuccess(Some(success.as_ref().unchecked_ref()));
    request.set_onerror(Some(error.as_ref().unchecked_ref()));
    let request = request.clone();
    let forget = Box::new(move || {
        request.set_onsuccess(None);
        request.set_onerror(None);
    });
    let _listeners = Listeners { _callbacks: [success, error], forget };
    JsFuture::from(promise).await
}

/// The end of a transaction: undefined when all is kept, else the error. Never rejected, so that nobody has to wait for it.
pub(super) fn end(transaction: &IdbTransaction) -> (Promise, Listeners) {
    let (promise, resolve, _) = promise();
    let (resolve_bad, bad) = (resolve.clone(), transaction.clone());
    let complete = Closure::<dyn FnMut(Event)>::new(move |_| {
        let _ = resolve.call1(&JsValue::UNDEFINED, &JsValue::UNDEFINED);
    });
    let abort = Closure::<dyn FnMut(Event)>::new(move |_| {
        // Undone by us: then the browser names no error, but it is not kept either.
        let error = bad.error().map_or(JsValue::NULL, Into::into);
        let _ = resolve_bad.call1(&JsValue::UNDEFINED, &error);
    });
    transaction.set_oncomplete(Some(complete.as_ref().unchecked_ref()));
    transaction.set_onabort(Some(abort.as_ref().unchecked_ref()));
    let transaction = transaction.clone();
    let forget = Box::new(move || {
        transaction.set_oncomplete(None);
        transaction.set_onabort(None);
    });
    (promise, Listeners { _callbacks: [complete, abort], forget })
}

fn promise() -> (Promise, Function, Function) {
    let mut functions = None;
    let promise = Promise::new(&mut |resolve, reject| functions = Some((resolve, reject)));
    // The browser calls the closure before `new` returns; without it the promise would wait for ever, which `within` ends.
    let (resolve, reject) = functions.unwrap_or_else(|| (Function::default(), Function::default()));
    (promise, resolve, reject)
}
