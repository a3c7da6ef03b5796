"""The search in the browser: the same analysis and scorer in JavaScript, over an export of the same index."""
