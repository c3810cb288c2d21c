import { usePage } from '../../parts/context';

/** Returns a function that closes the details before an action that needs the form. */
export function useInForm(): (action: () => void) => () => void {
  const { navigation } = usePage();
  return (action) => () => {
    navigation.closeDetails();
    action();
  };
}
