// Starts Swagger UI on the page /api. Without it, that page links to the API description. Swagger UI's own start-up
// script would need eval to read its settings, which the page's content security policy forbids.

const { SwaggerUIBundle } = /** @type {any} */ (globalThis);

SwaggerUIBundle({
  url: "/openapi/v1.json",
  dom_id: "#explorer",
  deepLinking: true,
  // Shows the names of the groups first, because all operations at once are long to draw and to read.
  docExpansion: "none",
  // No list of all schemas: it takes long to draw, and each operation shows its own.
  defaultModelsExpandDepth: -1,
  validatorUrl: "none",
  /** @param {{ headers: Record<string, string> }} request */
  requestInterceptor(request) {
    const token = document.cookie.match(/csrftoken=([^;]*)/)?.[1];
    if (token) request.headers["X-CSRFToken"] = token;
    return request;
  },
});
