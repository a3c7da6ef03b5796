/* Starts Decap CMS with the handbook's own formats and two widgets: `pair` and `reference`. */
(function () {
  "use strict";
  const { CMS, createClass, h, HANDBOOK_ENTRIES: entriesOf, HANDBOOK_FORM: form, handbookFormat } = self;

  const TITLES = { vi: "Tiếng Việt", lo: "ພາສາລາວ", en: "English" };
  const MISSING = "Cần cả tiếng Việt và tiếng Lào. / ຕ້ອງມີທັງພາສາຫວຽດນາມ ແລະ ພາສາລາວ.";
  const NO_ENTRY = "Không có mục này. / ບໍ່ມີລາຍການນີ້.";

  for (const [kind, shape] of Object.entries(form.shapes)) {
    CMS.registerCustomFormat(`handbook-${kind}`, "yaml", handbookFormat.formatFor(kind, shape));
  }

  /* Values come as Immutable maps from a file and as plain objects from this widget. */
  const read = (value, key) => (value ? (value.get ? value.get(key) : value[key]) || "" : "");
  const plainOf = (value) => (value && value.toJS ? value.toJS() : { ...value });

  const Pair = createClass({
    languages() {
      return this.props.field.get("languages").toJS();
    },
    isValid() {
      const needed = this.props.field.get("needed");
      const [vi, lo] = ["vi", "lo"].map((key) => read(this.props.value, key).trim());
      if (needed ? vi && lo : Boolean(vi) === Boolean(lo)) return true;
      return { error: { message: MISSING } };
    },
    change(key, text) {
      this.props.onChange({ ...plainOf(this.props.value), [key]: text });
    },
    render() {
      const { forID, value, setActiveStyle, setInactiveStyle } = this.props;
      const parts = this.languages().map((key) =>
        h(
          "label",
          { key, htmlFor: `${forID}-${key}` },
          TITLES[key],
          h("textarea", {
            id: `${forID}-${key}`,
            lang: key,
            rows: Math.max(2, Math.ceil(read(value, key).length / 42)),
            value: read(value, key),
            onChange: (event) => this.change(key, event.target.value),
            onFocus: setActiveStyle,
            onBlur: setInactiveStyle,
          }),
        ),
      );
      return h("div", { className: "pair", id: forID }, ...parts);
    },
  });

  const Reference = createClass({
    entries() {
      return entriesOf[this.props.field.get("kind")];
    },
    isValid() {
      const { value } = this.props;
      if (!value || value === "unknown" || Object.hasOwn(this.entries(), value)) return true;
      return { error: { message: NO_ENTRY } };
    },
    render() {
      const { forID, value, onChange, setActiveStyle, setInactiveStyle } = this.props;
      const kind = this.props.field.get("kind");
      const known = value && Object.hasOwn(this.entries(), value);
      return h(
        "div",
        { className: "reference" },
        h("input", {
          id: forID,
          type: "text",
          list: `entries-${kind}`,
          autoComplete: "off",
          spellCheck: false,
          value: value || "",
          onChange: (event) => onChange(event.target.value.trim()),
          onFocus: setActiveStyle,
          onBlur: setInactiveStyle,
        }),
        h(
          "output",
          { className: value && !known ? "wrong" : "" },
          known ? this.entries()[value] : value && value !== "unknown" ? NO_ENTRY : "",
        ),
      );
    },
  });

  const Preview = () => null;
  CMS.registerWidget("pair", Pair, Preview);
  CMS.registerWidget("reference", Reference, Preview);

  /* One list of choices per kind, shared by every reference to it. */
  for (const [kind, entries] of Object.entries(entriesOf)) {
    const list = document.createElement("datalist");
    list.id = `entries-${kind}`;
    for (const [id, name] of Object.entries(entries)) {
      const option = document.createElement("option");
      option.value = id;
      option.label = name;
      list.append(option);
    }
    document.body.append(list);
  }

  /* Words that Decap's Vietnamese lacks. */
  const vietnamese = CMS.getLocale("vi");
  const widgets = { ...vietnamese.editor.editorWidgets, list: { add: "Thêm / ເພີ່ມ: %{item}" } };
  const auth = { ...vietnamese.auth, loginWithForgejo: "Đăng nhập bằng Forgejo" };
  CMS.registerLocale("vi", { ...vietnamese, auth, editor: { ...vietnamese.editor, editorWidgets: widgets } });

  /* Trying it out against a clone on one's own machine: /admin/?local=8081 with decap-server running. */
  const config = form.config;
  const port = new URLSearchParams(location.search).get("local");
  if (["localhost", "127.0.0.1"].includes(location.hostname) && /^\d{2,5}$/.test(port || "")) {
    config.local_backend = { url: `http://${location.hostname}:${port}/api/v1` };
  }
  CMS.init({ config });
})();
