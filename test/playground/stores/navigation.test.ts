import { type BrowserHistory, createNavigation } from '../../../src/playground/stores/navigation';

const ID = '01M8DV3YBDMNGVYPCCHBFPD25V';

/** A history as in a browser, without its events. */
function historyAt(start: string) {
  const entries = [start];
  const history: BrowserHistory = {
    read: () => entries[entries.length - 1],
    replace: (fragment) => void entries.splice(-1, 1, fragment),
    push: (fragment) => void entries.push(fragment),
    back: () => void entries.pop(),
  };
  return { history, entries };
}

describe('the navigation', () => {
  it('opens details above the view, and goes back to it', () => {
    const { history, entries } = historyAt('#/gallery?size=l');
    const navigation = createNavigation(history);
    navigation.openDetails({ id: ID, index: 0 });
    expect(navigation.details.value).toEqual({ id: ID, index: 0 });
    expect(navigation.base.value).toEqual({ view: 'gallery', size: 'l' });
    navigation.openDetails({ id: ID, index: 1 });
    expect(entries).toEqual(['#/gallery?size=l', `#/image/${ID}/1`]);
    navigation.closeDetails();
    navigation.changed();
    expect(navigation.location.value).toEqual({ view: 'gallery', size: 'l' });
  });

  it('shows the fallback below details of a link, and stays on the page when they are closed', () => {
    const { history, entries } = historyAt(`#/image/${ID}/0`);
    const navigation = createNavigation(history, () => ({ view: 'gallery', size: 'm' }));
    expect(navigation.base.value).toEqual({ view: 'gallery', size: 'm' });
    navigation.closeDetails();
    expect(entries).toEqual(['#/gallery']);
    expect(navigation.details.value).toBeUndefined();
  });

  it('keeps the theme in all views and links', () => {
    const { history, entries } = historyAt('#/create?theme=dark');
    const navigation = createNavigation(history);
    navigation.go({ view: 'gallery', size: 'm' });
    expect(entries[1]).toBe('#/gallery?theme=dark');
    expect(navigation.href({ view: 'image', image: { id: ID, index: 0 } })).toBe(`#/image/${ID}/0?theme=dark`);
    navigation.setTheme(undefined);
    expect(entries[1]).toBe('#/gallery');
  });
});
