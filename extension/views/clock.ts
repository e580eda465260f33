/** Time that passes, for people. */
import { useEffect, useState } from 'preact/hooks';
import { language } from '../text.ts';

/** `1:24`, or `1:02:05` past an hour. */
export function duration(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const two = (value: number) => String(value).padStart(2, '0');
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

/** A time (ISO 8601), or its day alone, as the language of `say` writes it, in the digits of all other texts. */
export function written(
  time: string | Date,
  style: Intl.DateTimeFormatOptions = { dateStyle: 'medium', timeStyle: 'short' },
): string {
  return new Intl.DateTimeFormat(`${language().lang}-u-nu-latn`, style).format(new Date(time));
}

/** Milliseconds since `start` (ISO 8601), renewed every second while shown. */
export function useElapsed(start: string): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return Math.max(0, now - Date.parse(start));
}
