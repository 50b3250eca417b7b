//! What the app keeps and sends. Nothing here touches the page.
