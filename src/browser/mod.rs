//! Everything the app asks of the browser: the only place that names `web_sys`.
