import { describe, expect, test } from 'vitest';
import { nextPageQuery, previousPageQuery, withoutPage } from '~/components/list/page-query';

const query = (text: string) => new URLSearchParams(text);

describe('the address of a keyset page', () => {
  test('walking forward and back ends where it began, filters untouched', () => {
    const second = nextPageQuery(query('status=open'), 'c1');
    const third = nextPageQuery(query(second), 'c2');
    const fourth = nextPageQuery(query(third), 'c3');
    expect(query(fourth).get('cursor')).toBe('c3');
    expect(previousPageQuery(query(fourth))).toBe(third);
    expect(previousPageQuery(query(third))).toBe(second);
    expect(previousPageQuery(query(second))).toBe('?status=open');
  });

  test('the first page has no previous one', () => {
    expect(previousPageQuery(query('status=open'))).toBeNull();
  });

  test('a changed filter starts on the first page', () => {
    expect(withoutPage(query('status=open&cursor=c2&trail=c1')).toString()).toBe('status=open');
  });
});
