import { initial, update } from './state.mjs'

let state = initial
const form = /** @type {HTMLFormElement} */ (document.querySelector('#add'))
const list = /** @type {HTMLElement} */ (document.querySelector('#notes'))
const empty = /** @type {HTMLElement} */ (document.querySelector('#empty'))

/** @param {import('./state.mjs').Action} action */
function dispatch(action) {
  state = update(state, action)
  empty.hidden = state.notes.length > 0
  list.replaceChildren(...state.notes.map(itemOf))
}

/**
 * @param {string} note
 * @param {number} index
 */
function itemOf(note, index) {
  const [item, button] = [document.createElement('li'), document.createElement('button')]
  button.textContent = 'Remove'
  button.ariaLabel = `Remove ${note}`
  button.addEventListener('click', () => dispatch({ type: 'remove', index }))
  item.append(`${note} `, button)
  return item
}

form.addEventListener('submit', event => {
  event.preventDefault()
  dispatch({ type: 'add', text: String(new FormData(form).get('text')) })
  form.reset()
})
