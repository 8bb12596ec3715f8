// Replaces the texts of a language, which the server provides.
export default {};
