/**
 * @typedef {{ notes: readonly string[] }} State
 * @typedef {{ type: 'add', text: string } | { type: 'remove', index: number }} Action
 */

/** @type {State} */
export const initial = { notes: [] }

/**
 * @param {State} state
 * @param {Action} action
 * @returns {State}
 */
export function update(state, action) {
  switch (action.type) {
    case 'add': {
      const text = action.text.trim()
      return text === '' ? state : { notes: [...state.notes, text] }
    }
    case 'remove':
      return { notes: state.notes.filter((_, index) => index !== action.index) }
  }
}
