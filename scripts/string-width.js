// Stands in for the package string-width in the bundle: that one makes an Intl.Segmenter when it is loaded, which takes longer
// than most commands; help and tables are plain text.
export { displayWidth as default } from '../dist/charts/terminal-text.js';
