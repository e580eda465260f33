/** Finds text that stands out too little from what is behind it (WCAG 2.2, 1.4.3: 4.5 to 1). */

/** Self-contained: runs in the page. Gives each text below the limit with its ratio. */
export function faintTexts(root: ParentNode): string[] {
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  if (!canvas) return ['no canvas'];
  const luminance = ([r, g, b]: readonly number[]) => {
    const linear = [r, g, b].map((value = 0) => {
      const c = value / 255;
      return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * (linear[0] ?? 0) + 0.7152 * (linear[1] ?? 0) + 0.0722 * (linear[2] ?? 0);
  };
  /** Colours painted over one another, the lowest first. */
  const paint = (colours: string[]) => {
    canvas.clearRect(0, 0, 1, 1);
    for (const colour of colours) {
      canvas.fillStyle = colour;
      canvas.fillRect(0, 0, 1, 1);
    }
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const faint: string[] = [];
  for (const element of root.querySelectorAll<HTMLElement>('*')) {
    const words = [...element.childNodes].filter(({ nodeType }) => nodeType === Node.TEXT_NODE);
    const text = words
      .map(({ textContent }) => textContent)
      .join('')
      .trim();
    if (!text || element.closest('.unseen, [aria-disabled=true], style') || !element.checkVisibility())
      continue;
    const behind: string[] = [];
    for (let each: Element | null = element; each; each = each.parentElement) {
      behind.unshift(getComputedStyle(each).backgroundColor);
    }
    const back = luminance(paint(behind));
    const front = luminance(paint([...behind, getComputedStyle(element).color]));
    const ratio = (Math.max(back, front) + 0.05) / (Math.min(back, front) + 0.05);
    if (ratio < 4.5) faint.push(`${text.slice(0, 40)}: ${ratio.toFixed(2)}`);
  }
  return faint;
}
