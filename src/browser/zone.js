// Wall clocks in time zones. Here rather than in Rust because a page has it in a sixth of the bytes; what it means is said in intl.rs.
// Times are milliseconds since 1970: an instant's in UTC, a wall clock's as if it stood in UTC.

const MINUTE = 60_000;
const LONDON = "Europe/London";

/** What this device's own clock shows, in whatever zone it is set to. */
export const deviceWall = (time) => time - new Date(time).getTimezoneOffset() * MINUTE;

/** The Summer Time Order 2002, as since 1996: an hour ahead from 1am UTC on the last Sunday of March until 1am UTC on the last of
 * October. */
function londonWall(time) {
  const year = new Date(time).getUTCFullYear();
  const change = (month) => Date.UTC(year, month, 31 - new Date(Date.UTC(year, month, 31)).getUTCDay(), 1);
  const isSummer = change(2) <= time && time < change(9);
  return year < 1996 ? NaN : time + (isSummer ? 60 * MINUTE : 0);
}

// Making one takes an old phone 50 ms, and a list shows a hundred dates.
const formats = new Map();

/** What a wall clock in a zone shows. Throws for a zone that the browser does not know. */
export function zoneWall(zone, time) {
  // Asking the device's own clock costs nothing. Where it differs from the rule (it is set to another zone, or the law has changed) the
  // browser's table has the word.
  if (zone === LONDON && deviceWall(time) === londonWall(time)) return deviceWall(time);
  let format = formats.get(zone);
  if (!format) {
    const numeric = "numeric";
    format = new Intl.DateTimeFormat("sv", {
      timeZone: zone || "none",
      calendar: "gregory",
      numberingSystem: "latn",
      hourCycle: "h23",
      year: numeric,
      month: numeric,
      day: numeric,
      hour: numeric,
      minute: numeric,
    });
    formats.set(zone, format);
  }
  // As Swedes write it: `2026-11-27 23:59`. One call a date; asking for its parts is ten times that.
  return Date.parse(`${format.format(time).replace(" ", "T")}Z`);
}
