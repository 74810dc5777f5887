// What keyboard.mjs asks the page: these functions run in it, and see nothing of this file but themselves.

// Numbers the elements at which Tab must stop, in document order, notes how each looks without the
// focus, and answers their names, and from which of them the first Tab goes on: none (-1) unless a field
// has the focus from the start.
export function numberStops() {
  const candidates = document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]");
  const isStop = (element) =>
    element.tabIndex >= 0 &&
    !element.matches(":disabled, [type=hidden], [inert] *") &&
    element.checkVisibility({ visibilityProperty: true });
  // Of radio buttons of one name, Tab stops at the one that is chosen, or else at the first.
  const isChosen = (element, _, all) => {
    if (element.type !== "radio") return true;
    const group = all.filter((other) => other.type === "radio" && other.name === element.name && other.form === element.form);
    return element === (group.find((other) => other.checked) ?? group[0]);
  };
  const focused = document.activeElement;
  focused?.blur();
  window.nameOf = (element) => {
    const words = (element.innerText || element.name || element.id || "").trim().split("\n")[0];
    return `<${element.localName}> “${words.slice(0, 40)}”`;
  };
  window.lookOf = (element) => {
    const { outlineStyle, outlineWidth, outlineColor, boxShadow } = getComputedStyle(element);
    const outline = outlineStyle === "none" || parseFloat(outlineWidth) === 0 ? "none" : `${outlineStyle} ${outlineWidth} ${outlineColor}`;
    return { outline, boxShadow };
  };
  window.stops = [...candidates].filter(isStop).filter(isChosen);
  window.unfocused = window.stops.map(window.lookOf);
  return { stops: window.stops.map(window.nameOf), from: window.stops.indexOf(focused) };
}

// Tells what has the focus now, and what is wrong with it if anything is.
export function lookAtFocus() {
  const element = document.activeElement;
  if (!element || element === document.body) return { number: "away" };
  const number = window.stops.indexOf(element);
  const name = window.nameOf(element);
  if (number < 0) return { number: name, name, flaw: "is reached by Tab and should not be" };
  const hasParts = ["date", "datetime-local", "time", "month", "week"].includes(element.type);
  return { number, name, hasParts, flaw: flawOf(element) };

  function flawOf(element) {
    const [before, now] = [window.unfocused[number], window.lookOf(element)];
    const differs = (part) => now[part] !== "none" && now[part] !== before[part];
    if (!differs("outline") && !differs("boxShadow")) return "does not show that it has the focus";
    const { left, top, right, bottom } = element.getBoundingClientRect();
    const [x, width] = [Math.max(left, 0), Math.min(right, innerWidth) - Math.max(left, 0)];
    const [y, height] = [Math.max(top, 0), Math.min(bottom, innerHeight) - Math.max(top, 0)];
    if (width < 1 || height < 1) return "has the focus out of sight";
    const above = document.elementFromPoint(x + width / 2, y + height / 2);
    const labels = [...(element.labels ?? [])];
    const seen = [element, ...labels].some((part) => part.contains(above)) || above?.contains(element);
    return seen ? null : `has the focus behind ${window.nameOf(above)}`;
  }
}
