import tests from "./playwright.config.ts";

export default { ...tests, testMatch: "screenshots.ts" };
