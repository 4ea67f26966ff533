/** Sizes that scripts need, in the unit that grows with the text: 16 px where nobody asked for more. */
export const USUAL_REM_PX = 16;

export function remPx(): number {
  return Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || USUAL_REM_PX;
}

/** A width that was chosen at the usual size of text, as a length in CSS. */
export function inRem(usualPx: number): string {
  return `${usualPx / USUAL_REM_PX}rem`;
}
