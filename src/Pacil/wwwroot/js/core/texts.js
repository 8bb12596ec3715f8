// The page texts of the JavaScript client. The import map resolves "#texts" to the module of the page's language.

import texts from "#texts";
import { ofPage } from "./page-state.js";

const RIGHT_TO_LEFT = /[\u0590-\u08FF\u200F\uFB1D-\uFDFF\uFE70-\uFEFC\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]/u;

/** @param {string} key @param {...(string | number)} values */
export function t(key, ...values) {
  const text = /** @type {Record<string, string>} */ (texts)[key] ?? key;
  return text.replace(/\{(\d)\}/g, (_, n) => isolated(String(values[Number(n)])));
}

/** Keeps right-to-left text from reordering the words beside it, like Texts.Isolated in C#. @param {string} text */
export const isolated = (text) => (RIGHT_TO_LEFT.test(text) ? `\u2068${text}\u2069` : text);

const lang = () => document.documentElement.lang;
// Created when the page first shows a time, because a browser takes 75 to 95 ms to create its first DateTimeFormat.
const times = ofPage(() => new Intl.DateTimeFormat(lang(), { timeStyle: "short", hourCycle: "h23" }));
const days = ofPage(() =>
  new Intl.DateTimeFormat(lang(), { dateStyle: "medium", timeStyle: "short", hourCycle: "h23" }));

/** The time of day, with the date if it is not today. @param {Date} at */
export const time = (at) =>
  (at.toDateString() === new Date().toDateString() ? times() : days()).format(at);

const numbers = ofPage(() => new Intl.NumberFormat(lang()));

/** @param {number} value */
export const number = (value) => numbers().format(value);

const formats = ofPage(() =>
  new RegExp(`^-?(\\d+|\\d{1,3}([${number(1000).slice(1, -3)}\\s])\\d{3}(\\2\\d{3})*)$`));

/** Parses a whole number, also with the page's separators or spaces; NaN for any other text. @param {string} text */
export const whole = (text) => (formats().test(text.trim()) ? Number(text.replace(/[^\d-]/g, "")) : Number.NaN);
