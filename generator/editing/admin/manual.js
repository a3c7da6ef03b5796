/* The form starts itself, after its widgets and formats are known (form.js). */
self.CMS_MANUAL_INIT = true;
