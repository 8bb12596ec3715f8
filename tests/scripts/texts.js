// Stands in for "#texts", the page texts that the server provides.
export default {};
