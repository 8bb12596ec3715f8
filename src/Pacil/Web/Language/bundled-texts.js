// Replaces "#texts" in the bundle, which has no import map: the page loads the texts before the bundle.

export default globalThis.pacilTexts;
