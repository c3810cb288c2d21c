/** Styles of a view that is loaded on demand, as text. The bundler minifies them. */
declare module '*.view.css' {
  const css: string;
  export default css;
}
