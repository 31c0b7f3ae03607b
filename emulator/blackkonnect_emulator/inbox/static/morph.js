// The htmx swap style `morph`: what is in the page already stays, and only what differs is changed. So focus,
// caret, scrolling, selected text and opened details outlive an update.
"use strict";

(() => {
  // These are the page's own to set, and not the server's.
  const OURS = new Set(["aria-current", "open", "style"]);
  const key = (node) => (node.nodeType === Node.ELEMENT_NODE ? node.dataset.key : undefined);

  const attributes = (old, fresh) => {
    let changed = false;
    for (const { name, value } of [...fresh.attributes]) {
      if (!OURS.has(name) && old.getAttribute(name) !== value) {
        old.setAttribute(name, value);
        changed = true;
      }
    }
    for (const { name } of [...old.attributes]) {
      if (!OURS.has(name) && !fresh.hasAttribute(name)) old.removeAttribute(name);
    }
    return changed;
  };

  const children = (old, fresh, added) => {
    const keyed = new Map();
    for (const child of old.children) if (key(child)) keyed.set(key(child), child);
    const kept = new Set();
    let at = old.firstChild;
    for (const node of [...fresh.childNodes]) {
      const name = key(node);
      const same = name ? keyed.get(name) : at && !key(at) && at.nodeName === node.nodeName ? at : null;
      if (!same) {
        old.insertBefore(node, at);
        kept.add(node);
        if (node.nodeType === Node.ELEMENT_NODE) added.push(node);
        continue;
      }
      if (same === at) at = at.nextSibling;
      else old.insertBefore(same, at);
      kept.add(same);
      morph(same, node, added);
    }
    for (const node of [...old.childNodes]) if (!kept.has(node)) node.remove();
  };

  const morph = (old, fresh, added) => {
    if (old.nodeType !== Node.ELEMENT_NODE) {
      if (old.nodeValue !== fresh.nodeValue) old.nodeValue = fresh.nodeValue;
      return;
    }
    if (old.isEqualNode(fresh)) return;
    if (attributes(old, fresh) && old.matches("a[href]")) added.push(old);
    children(old, fresh, added);
  };

  // A list can move or lose the entry that has the focus; it is found again by what it stands for.
  const again = (focused, name) => {
    if (document.activeElement === focused) return;
    const link = name && document.querySelector(`a[data-${name[0]}="${CSS.escape(name[1])}"]`);
    const wanted = focused.isConnected ? focused : link;
    if (wanted) wanted.focus({ preventScroll: true });
  };

  htmx.defineExtension("morph", {
    isInlineSwap: (style) => style === "morph",
    handleSwap: (style, target, fragment) => {
      if (style !== "morph") return false;
      const [fresh, ...others] = fragment.children || [fragment];
      if (!fresh) return [];
      const focused = document.activeElement;
      const name = Object.entries(focused.dataset || {}).find(([is]) => is === "phone" || is === "message");
      const added = [...others];
      morph(target, fresh, added);
      target.after(...others);
      again(focused, name);
      return added;
    },
  });
})();
