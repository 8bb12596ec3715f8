/**
 * State of a page. It is created when it is first used and belongs to the document. A test that replaces the document
 * starts with new state.
 * @template State @param {() => State} create @returns {() => State}
 */
export function ofPage(create) {
  /** @type {WeakMap<Document, State>} */
  const states = new WeakMap();
  return () => {
    let state = states.get(document);
    if (!state) states.set(document, (state = create()));
    return state;
  };
}
