/** The ratio of `choices` nearest to width : height, judged by proportion, so that 2:1 is as far from 1:1 as 1:2 is. */
export function nearestAspectRatio(width: number, height: number, choices: readonly string[]): string {
  const distance = (choice: string) => {
    const [across, down] = choice.split(':').map(Number);
    return Math.abs(Math.log(width / height) - Math.log(across / down));
  };
  return choices.reduce((best, choice) => (distance(choice) < distance(best) ? choice : best));
}
