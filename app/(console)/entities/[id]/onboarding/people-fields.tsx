'use client';

import { UserPlus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useContext, useId, useRef, useState } from 'react';
import {
  ChoiceAnswer,
  GivenContext,
  TextAnswer,
  useAnswer,
} from '~/app/(console)/entities/[id]/onboarding/answers';
import { type Row, Rows } from '~/app/(console)/entities/[id]/onboarding/rows';
import { Button } from '~/components/ui/button';
import type { SelectOption } from '~/components/ui/select';
import { rowNumbers, SHAREHOLDER_TYPES } from '~/lib/entities/kyb-parts';

export type Person = { name: string; last_name: string; nationality: string; holder_id: string };

type PeopleProps = { countries: readonly SelectOption[]; onChanged: () => void };

const FRESH = { nationality: 'mx', type: 'natural_person' };

/** The rows of a list: those that were answered, or one to begin with. */
function useRows(list: string) {
  const { answers } = useContext(GivenContext);
  const [rows, setRows] = useState<Row[]>(() => {
    const numbers = rowNumbers(list, answers);
    return (numbers.length > 0 ? numbers : [0]).map((number) => ({ number, seed: {} }));
  });
  const next = () => Math.max(-1, ...rows.map(({ number }) => number)) + 1;
  return { rows, setRows, next };
}

export function RepresentativeRows({ countries, onChanged }: PeopleProps) {
  const t = useTranslations('entities.form');
  const { rows, setRows, next } = useRows('legal_representatives');
  const positions = useId();
  return (
    <>
      <datalist id={positions}>
        {t('positions')
          .split('|')
          .map((position) => (
            <option key={position} value={position} />
          ))}
      </datalist>
      <Rows
        list="legal_representatives"
        title={t('representatives')}
        rowTitle={(number) => t('representative', { number })}
        add={t('addRepresentative')}
        rows={rows}
        onAdd={() => setRows([...rows, { number: next(), seed: FRESH }])}
        onRemove={(row) => setRows(rows.filter((other) => other !== row))}
        onChanged={onChanged}
      >
        {(name) => (
          <>
            <TextAnswer name={name('first_name')} label={t('firstName')} maxLength={100} />
            <TextAnswer name={name('last_name')} label={t('lastName')} maxLength={100} />
            <TextAnswer
              name={name('identification_number')}
              label={t('identification')}
              spellCheck={false}
              className="font-mono uppercase"
              maxLength={30}
            />
            <TextAnswer name={name('position')} label={t('position')} maxLength={100} list={positions} />
            <TextAnswer name={name('email')} label={t('email')} type="email" maxLength={200} />
            <ChoiceAnswer name={name('nationality')} label={t('nationality')} options={countries} />
          </>
        )}
      </Rows>
    </>
  );
}

const sharesIn = (box: HTMLElement | null) =>
  Array.from(box?.querySelectorAll<HTMLInputElement>('input[name$=".percentage"]') ?? [], ({ value }) =>
    Math.round((Number(value.replace(',', '.').replace('%', '')) || 0) * 100),
  ).reduce((all, share) => all + share, 0) / 100;

/** With the sum of the shares as it stands while one types, and the representatives to take over with one press. */
export function ShareholderRows({
  countries,
  onChanged,
  people,
}: PeopleProps & { people: readonly Person[] }) {
  const t = useTranslations('entities.form');
  const { rows, setRows, next } = useRows('shareholders');
  const { answers } = useContext(GivenContext);
  const box = useRef<HTMLDivElement>(null);
  const [total, setTotal] = useState(() =>
    Object.entries(answers).reduce(
      (all, [name, value]) => all + (/\.percentage$/.test(name) ? Number(value) || 0 : 0),
      0,
    ),
  );
  const [taken, setTaken] = useState<readonly Person[]>([]);
  const isBlank = ({ number }: Row) =>
    box.current?.querySelector<HTMLInputElement>(`input[name="shareholders.${number}.name"]`)?.value === '';
  const rest = () => String(Math.round((100 - sharesIn(box.current)) * 100) / 100);

  function addPerson(person: Person) {
    const left = rest();
    const seed = { ...FRESH, ...person, percentage: Number(left) > 0 ? left : '' };
    setTaken([...taken, person]);
    setRows([...rows.filter((row) => !isBlank(row)), { number: next(), seed }]);
  }

  const known = people.filter((person) => !taken.includes(person) && !isListed(person, answers));
  return (
    <div ref={box} onInput={() => setTotal(sharesIn(box.current))} className="grid gap-3">
      {known.length > 0 ? (
        <div className="flex flex-wrap items-center gap-2">
          <span className="text-muted-foreground text-sm">{t('addPersonHint')}</span>
          {known.map((person) => (
            <Button key={`${person.name} ${person.last_name}`} size="sm" onClick={() => addPerson(person)}>
              <UserPlus aria-hidden />
              {t('addPerson', { name: `${person.name} ${person.last_name}`.trim() })}
            </Button>
          ))}
        </div>
      ) : null}
      <Rows
        list="shareholders"
        title={t('shareholders')}
        rowTitle={(number) => t('shareholder', { number })}
        add={t('addShareholder')}
        note={<span role="status">{t('total', { total })}</span>}
        rows={rows}
        onAdd={() => setRows([...rows, { number: next(), seed: FRESH }])}
        onRemove={(row) => setRows(rows.filter((other) => other !== row))}
        onChanged={() => {
          setTotal(sharesIn(box.current));
          onChanged();
        }}
      >
        {(name) => <ShareholderFields name={name} countries={countries} />}
      </Rows>
    </div>
  );
}

function isListed(person: Person, answers: Record<string, string>): boolean {
  return rowNumbers('shareholders', answers).some(
    (number) =>
      answers[`shareholders.${number}.name`] === person.name &&
      (answers[`shareholders.${number}.last_name`] ?? '') === person.last_name,
  );
}

type ShareholderFieldsProps = { name: (field: string) => string; countries: readonly SelectOption[] };

function ShareholderFields({ name, countries }: ShareholderFieldsProps) {
  const t = useTranslations('entities.form');
  const [type, setType] = useState(useAnswer(name('type')) ?? 'natural_person');
  return (
    <>
      <ChoiceAnswer
        name={name('type')}
        label={t('type')}
        options={SHAREHOLDER_TYPES.map((value) => ({ value, label: t(`types.${value}`) }))}
        onChange={(event) => setType(event.target.value)}
      />
      <TextAnswer name={name('percentage')} label={t('percentage')} inputMode="decimal" maxLength={8} />
      <TextAnswer
        name={name('name')}
        label={t(type === 'legal_entity' ? 'shareholderCompany' : 'firstName')}
        maxLength={200}
        wide={type === 'legal_entity'}
      />
      {type === 'legal_entity' ? null : (
        <TextAnswer name={name('last_name')} label={t('lastName')} maxLength={100} />
      )}
      <TextAnswer
        name={name('holder_id')}
        label={t('holderId')}
        hint={t('holderIdHint')}
        optional
        spellCheck={false}
        className="font-mono uppercase"
        maxLength={30}
      />
      <ChoiceAnswer name={name('nationality')} label={t('nationality')} options={countries} />
    </>
  );
}
