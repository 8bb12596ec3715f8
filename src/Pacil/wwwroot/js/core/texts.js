// The texts of the scripts in the language of the page; the import map maps "#texts" to the language's module.

import texts from "#texts";

const RIGHT_TO_LEFT = /[\u0590-\u08FF\u200F\uFB1D-\uFDFF\uFE70-\uFEFC\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]/u;

/** @param {string} key @param {...(string | number)} values for {0}, {1} … */
export function t(key, ...values) {
  const text = /** @type {Record<string, string>} */ (texts)[key] ?? key;
  return text.replace(/\{(\d)\}/g, (_, n) => isolated(String(values[Number(n)])));
}

/** Isolates right-to-left text, so that it does not turn its surroundings; see Texts.Isolated. @param {string} text */
export const isolated = (text) => (RIGHT_TO_LEFT.test(text) ? `\u2068${text}\u2069` : text);

const { lang } = document.documentElement;
// Created when a time is first shown: a browser takes 75 to 95 ms for the first one.
/** @type {Intl.DateTimeFormat} */
let times;
/** @type {Intl.DateTimeFormat} */
let days;

/** With the day, unless it is today. @param {Date} at */
export const time = (at) =>
  at.toDateString() === new Date().toDateString()
    ? (times ??= new Intl.DateTimeFormat(lang, { timeStyle: "short", hourCycle: "h23" })).format(at)
    : (days ??= new Intl.DateTimeFormat(lang, { dateStyle: "medium", timeStyle: "short", hourCycle: "h23" }))
        .format(at);

const numbers = new Intl.NumberFormat(lang);

/** @param {number} value */
export const number = (value) => numbers.format(value);

const WHOLE = new RegExp(`^-?(\\d+|\\d{1,3}([${number(1000).slice(1, -3)}\\s])\\d{3}(\\2\\d{3})*)$`);

/** Reads a whole number with the page's separators, or spaces; NaN if it is ambiguous. @param {string} text */
export const whole = (text) => (WHOLE.test(text.trim()) ? Number(text.replace(/[^\d-]/g, "")) : Number.NaN);
