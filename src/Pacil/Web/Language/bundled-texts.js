// The bundler resolves the import "#texts" to this module, because a page with the bundle has no import map. Before
// the bundle, the page loads a generated module that sets globalThis.pacilTexts to the strings of the current language.

export default globalThis.pacilTexts;
