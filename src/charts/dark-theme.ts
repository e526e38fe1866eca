/**
 * Every colour that figures use, and what it is on a dark ground. Hues stay, so that a caption is true of both; what was made to
 * stand out from white is made to stand out from black.
 */
const ON_DARK: Readonly<Record<string, string>> = {
  white: '#14181D',
  '#ffffff': '#14181D',
  black: '#F2F2F2',
  '#000000': '#F2F2F2',
  '#000': '#F2F2F2',
  '#555555': '#B4B8BD',
  '#8c8c8c': '#7A8088',
  '#b0b0b0': '#565C64',
  '#e4e4e4': '#2C3239',
  '#0072b2': '#4FA8E8',
  '#d55e00': '#FF8A3C',
  '#009e73': '#2CCB9C',
  '#e69f00': '#F2B53A',
  '#cc79a7': '#E39AC3',
  '#56b4e9': '#8FD0F7',
  '#f0e442': '#F0E442',
  '#007a59': '#2CCB9C',
  '#b84f00': '#FF8A3C',
  '#f1f1f1': '#232930',
  '#e8e8e8': '#2A3138',
  '#fff3db': '#3A2F16',
  '#f4f7fa': '#1B2128',
  '#e3e3dc': '#323A42',
};

const COLOUR = /(?<=["'(:\s])(?:#[0-9a-f]{6}|#[0-9a-f]{3}|white|black)(?=["');])/gi;

/** The same drawing, or specification of one, for a dark ground: light and dark change places. */
export function onDark(drawing: string): string {
  return drawing.replace(COLOUR, (colour) => ON_DARK[colour.toLowerCase()] ?? colour);
}

/** The same for drawings inside of a page, as rules of a style sheet: there each colour stands in a presentation attribute, which rules outdo. */
export function darkRules(): string {
  return Object.entries(ON_DARK)
    .flatMap(([colour, dark]) =>
      (['fill', 'stroke'] as const).map((kind) => `svg [${kind}="${colour}" i]{${kind}:${dark}}`),
    )
    .join('\n');
}
