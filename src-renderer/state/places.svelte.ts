export type Place = 'library' | 'train' | 'explore';

/** Which place is on screen, and whether the shortcut sheet or the palette lies over it. */
export class Places {
  current = $state<Place>('library');
  wasExplored = $state(false);
  isSheetOpen = $state(false);
  isPaletteOpen = $state(false);
  isChoosingFolder = $state(false);

  go(place: Place): void {
    this.current = place;
    if (place === 'explore') this.wasExplored = true;
  }
}
