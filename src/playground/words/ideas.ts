/** Prompts to start with. An API with a text model offers its own. */
export const IDEAS: readonly string[] = [
  'A lighthouse in a storm, seen from a small boat',
  'A fox asleep in the snow, soft morning light',
  'A tea house in the rain, woodblock print',
  'A harbour at dawn, fishing boats in thin fog',
  'A night train crossing a viaduct under the stars',
  'A walled garden in spring, seen from above',
  'An owl made of folded paper on a wooden desk',
  'A red kite over a marsh on a windy day',
  'A coral reef at night, lit by glowing fish',
  'Dunes under two moons, a small tent with a lamp',
  'A city of glass on a cliff above the sea',
  'A bear reading a map at a forest crossing',
];
