// Stands for "#texts" where all scripts are one file and there is no import map: the page loads the texts before it.

export default globalThis.pacilTexts;
