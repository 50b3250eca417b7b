// Reads the run-time configuration (public/config.schema.json explains it) and checks it. Here rather than in Rust because a page has it
// in a sixth of the bytes; src/data/config.rs says what it means.

const FIELDS = [
  "api",
  "service",
  "timeZone",
  "provider.name",
  "provider.telephone",
  "safeguarding.name",
  "safeguarding.telephone",
  "safeguarding.email",
];

/** The fields in that order as texts, empty where they are left out. Throws the name of a wrong field, a line feed and why. */
export function readSettings(text) {
  const root = JSON.parse(text);
  return FIELDS.map((name) => {
    const wrong = (why) => `${name}\n${why}`;
    let value = root;
    for (const part of name.split(".")) {
      if (typeof value !== "object" || Array.isArray(value)) throw wrong("what it is in must be an object");
      value = value?.[part];
      if (value == null) return "";
    }
    if (typeof value !== "string") throw wrong("it must be a text in quotation marks");
    value = value.trim();
    const why = value && FAULTS[name.split(".").pop()]?.(value);
    if (why) throw wrong(`${why}, and is '${value}'`);
    return value;
  });
}

/** What is wrong with a text, if anything is, by the last part of its name. */
const FAULTS = {
  // A passphrase goes to this address: only where nobody in between can read it.
  api(address) {
    const [, plain, host] = /^http(s?):\/\/([^/]*)/.exec(address) ?? [];
    if (plain === undefined) return "it must be empty or begin with https://";
    if (!host || /[\s?#@\\]/.test(address)) return "it must be a plain address, such as https://api.example.org";
    if (address.endsWith("/")) return "it must not end with a slash";
    if (!plain && !/^(localhost|127\.0\.0\.1|\[::1\])(:[^:]*)?$/.test(host))
      return "only this machine itself may be reached by http; others need https";
  },
  telephone: (number) =>
    /^\+?[0-9][0-9 ]*$/.test(number) ? "" : "it must be digits and spaces, with a plus at most at the start",
  email: (address) => (/^[^\s@]+@[^\s@]+$/.test(address) ? "" : "it must be an e-mail address"),
};
