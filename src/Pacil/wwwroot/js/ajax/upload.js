// Sends a request as fetch does, and also reports how much of the body has been sent, which fetch cannot do.

/**
 * @param {string} url @param {RequestInit & { headers: Record<string, string> }} init
 * @param {(sent: number, total: number) => void} onProgress @returns {Promise<Response>}
 */
export function upload(url, { method = "POST", headers, body, signal }, onProgress) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(method, url);
    request.responseType = "blob";
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded, total }) => onProgress(loaded, total);
    request.onload = () => resolve(answer(request));
    request.onerror = () => reject(new TypeError("The connection was lost."));
    request.onabort = () => reject(signal?.reason);
    signal?.addEventListener("abort", () => request.abort());
    request.send(/** @type {XMLHttpRequestBodyInit} */ (body));
  });
}

/** @param {XMLHttpRequest} request */
function answer(request) {
  const lines = request.getAllResponseHeaders().trim().split("\r\n");
  const headers = lines.map((line) => /** @type {[string, string]} */ (line.split(/: (.*)/, 2)));
  return new Response(request.status === 204 ? null : request.response, { status: request.status, headers });
}
