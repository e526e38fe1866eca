/** Colours that colour-blind people tell apart (Okabe and Ito 2008). A shape always says the same as the colour. */
export const OKABE_ITO = {
  black: '#000000',
  orange: '#E69F00',
  skyBlue: '#56B4E9',
  green: '#009E73',
  yellow: '#F0E442',
  blue: '#0072B2',
  vermillion: '#D55E00',
  purple: '#CC79A7',
} as const;

/** Lines and text that are there to be overlooked. */
export const MUTED = '#555555';
export const FAINT = '#B0B0B0';

/** Fonts that a viewer is likely to have, the first one with every sign that figures use. */
export const FONT = '"DejaVu Sans", Arial, sans-serif';

/** For areas that need one colour each, in an order in which neighbours differ in lightness too. */
export const FIGURE_COLOURS = [
  OKABE_ITO.blue,
  OKABE_ITO.orange,
  OKABE_ITO.green,
  OKABE_ITO.yellow,
  OKABE_ITO.vermillion,
  OKABE_ITO.skyBlue,
  OKABE_ITO.purple,
  MUTED,
] as const;
