-- One row a document: the whole numbers of two digits or more in its text and tables, in figures or in words.
create or replace view numbers_in_text as
with words as (
    select *
    from (
        values
        ('ten', 10), ('eleven', 11), ('twelve', 12), ('thirteen', 13), ('fourteen', 14), ('fifteen', 15), ('sixteen', 16),
        ('seventeen', 17), ('eighteen', 18), ('nineteen', 19), ('twenty', 20), ('thirty', 30), ('forty', 40), ('fifty', 50),
        ('sixty', 60), ('seventy', 70), ('eighty', 80), ('ninety', 90)
    ) as t (word, number)
),

units as (
    select *
    from (
        values
        ('one', 1), ('two', 2), ('three', 3), ('four', 4), ('five', 5), ('six', 6), ('seven', 7), ('eight', 8), ('nine', 9)
    ) as t (word, number)
),

spelled as (
    select word, number from words
    union all
    select words.word || '-' || units.word, words.number + units.number from words, units where words.number >= 20
),

found as (
    select
        document_id,
        -- figures and words in one search of the text, which takes longer than all that is done with what it finds
        unnest(
            regexp_extract_all(
                lower(text),
                '\b\d{1,3}(?:,\d{3})+\b|\b\d{2,7}\b|\b(?:ten|eleven|twelve|\w{3,5}teen|\w{3,5}ty(?:-[a-z]{3,5})?)\b'
            )
        ) as word
    from blocks
    where kind <> 'reference'
),

numbers as (
    select distinct
        found.document_id,
        coalesce(spelled.number, try_cast(replace(found.word, ',', '') as bigint)) as number
    from found
    left join spelled using (word)
)

select document_id, list(number) as numbers
from numbers
where number is not null
group by document_id;

comment on view numbers_in_text is 'One row a document: the whole numbers of two digits or more that it prints, in figures or in words.';
comment on column numbers_in_text.numbers is 'The numbers, each once.';
