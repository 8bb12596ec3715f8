/** @typedef {import("../core/types.js").Problem} Problem */

/** The problem (RFC 9457) from the server or, if the server sent none, an error message of the client. */
export class AjaxError extends Error {
  /**
   * @param {string} code @param {string} message @param {number} [status] 0 if there was no response
   * @param {Problem} [problem] @param {number} [retryAfter] in seconds
   */
  constructor(code, message, status = 0, problem, retryAfter) {
    super(message);
    this.name = "AjaxError";
    this.code = code;
    this.status = status;
    this.errors = problem?.errors ?? {};
    this.problem = problem;
    this.retryAfter = retryAfter;
  }
}

/** @param {Problem} problem @param {string | null} [retryAfter] */
export const refusal = (problem, retryAfter) =>
  new AjaxError(problem.code, problem.detail, problem.status, problem, Number(retryAfter ?? 0));
