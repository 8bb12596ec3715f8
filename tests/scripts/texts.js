// Stands where the server puts the words of a language.
export default {};
