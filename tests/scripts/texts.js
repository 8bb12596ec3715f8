// Replaces "#texts", the module of page texts that the server provides.
export default {};
