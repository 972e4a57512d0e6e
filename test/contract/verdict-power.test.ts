import { describe, expect, it } from 'vitest';
import { gainToSee, picturesToSee, powerWords } from '../../src-main/contract/verdict-power.ts';

describe('how many verdicts it takes', () => {
  it('is the sample size of Connor (1987) for the paired test of two shares', () => {
    // gain 0.1, changed 0.2: (1.959964 · 0.447214 + 0.841621 · √(0.2 − 0.01))² / 0.01
    //   = (0.876523 + 0.366853)² / 0.01 = 154.598
    expect(picturesToSee(0.1)).toBe(155);
    // gain 0.2, changed 0.4: (1.959964 · 0.632456 + 0.841621 · 0.6)² / 0.04 = (1.239590 + 0.504973)² / 0.04 = 76.087
    expect(picturesToSee(0.2)).toBe(77);
    // gain 0.5, all change: (1.959964 + 0.841621 · √0.75)² / 0.25 = (1.959964 + 0.728865)² / 0.25 = 28.919
    expect(picturesToSee(0.5)).toBe(29);
  });

  it('finds the smallest gain that so many pictures show', () => {
    expect(gainToSee(155)).toBe(0.1);
    expect(gainToSee(154)).toBe(0.11);
    expect(gainToSee(29)).toBe(0.5);
    expect(gainToSee(28)).toBeNull();
  });

  it('says how many groups are held out, what they show, and how many are needed', () => {
    expect(powerWords(180, 0.2)).toBe(
      '36 of 180 groups judged the same will be held out: enough to see a gain of 41 points in the share whose nearest is a partner. For a gain of 10 points, about 775 groups are needed.',
    );
    expect(powerWords(3, 0.2)).toContain(
      '0 of 3 groups judged the same will be held out: too few to see any',
    );
    expect(powerWords(2000, 0.2)).not.toContain('needed');
    expect(powerWords(100, 0)).toContain('Nothing is held out');
  });
});
