//! CSV files: what is taken, and what is refused by line and column.

use crate::{bodies, deadlines, options, places, refusals, sessions, utc};
use contract::{
    course::{Contact, Role},
    delta::Kind,
};
use import::{Audience, Outcome, read_text};

fn table(name: &str, text: &str) -> Outcome {
    read_text(name, text.as_bytes(), &options(None))
}

const HEADER: &str = "id,course,title,due_date,due_time,mode,ai_level,link";

fn assignment(row: &str) -> Outcome {
    table("assignments.csv", &format!("{HEADER}\n{row}\n"))
}

#[test]
fn london_times_become_instants() {
    for (date, time, expected) in [
        ("2026-11-27", "23:59", "2026-11-27T23:59:00Z"),
        ("27/03/2027", "11:59pm", "2027-03-27T23:59:00Z"),
        ("2027-03-28", "23:59", "2027-03-28T22:59:00Z"),
        ("2027-03-28", "00:59", "2027-03-28T00:59:00Z"),
        ("2027-03-28", "02:00", "2027-03-28T01:00:00Z"),
        ("2026-10-25", "00:59", "2026-10-24T23:59:00Z"),
        ("2026-10-25", "02:00", "2026-10-25T02:00:00Z"),
        ("2027-07-01", "", "2027-07-01T22:59:00Z"),
    ] {
        let outcome = assignment(&format!("a,WELD2,A,{date},{time},distance,,"));
        let [deadline] = deadlines(&outcome).try_into().unwrap();
        assert_eq!((utc(deadline.due).as_str(), deadline.all_day), (expected, time.is_empty()), "{date} {time}");
    }
}

#[test]
fn times_that_a_clock_change_skips_or_doubles_are_refused() {
    let skipped = assignment("a,WELD2,A,2027-03-28,01:30,distance,,");
    let doubled = assignment("a,WELD2,A,25/10/2026,1:30am,distance,,");
    for (outcome, word) in [(&skipped, "forward"), (&doubled, "back")] {
        assert_eq!(places(outcome), ["2 due_time"]);
        assert!(refusals(outcome)[0].contains(word) && refusals(outcome)[0].contains("before 01:00"));
    }
}

#[test]
fn a_link_can_say_how_much_it_opens() {
    let header = "id,course,title,due_date,link,link_bytes";
    let of = |row: &str| table("assignments.csv", &format!("{header}\n{row}\n"));
    let told = of("a,WELD2,A,2026-12-01,https://example.org/a,2300000");
    assert_eq!(deadlines(&told)[0].link_bytes, Some(2_300_000));
    let silent = of("a,WELD2,A,2026-12-01,https://example.org/a,");
    assert_eq!(deadlines(&silent)[0].link_bytes, None);
    for row in
        ["https://example.org/a,2.3 MB", "https://example.org/a,0", "https://example.org/a,4000000001", ",2300000"]
    {
        assert_eq!(places(&of(&format!("a,WELD2,A,2026-12-01,{row}"))), ["2 link_bytes"], "{row}");
    }
}

#[test]
fn a_link_can_say_when_somebody_last_looked_at_what_it_opens() {
    let header = "id,course,title,due_date,link,link_reviewed_on";
    let of = |row: &str| table("assignments.csv", &format!("{header}\n{row}\n"));
    let told = of("a,WELD2,A,2026-12-01,https://example.org/a,2/11/2026");
    assert_eq!(deadlines(&told)[0].link_reviewed_on, Some("2026-11-02".parse().unwrap()));
    for row in ["https://example.org/a,last week", ",2026-11-02"] {
        assert_eq!(places(&of(&format!("a,WELD2,A,2026-12-01,{row}"))), ["2 link_reviewed_on"], "{row}");
    }
    let policies = table("policies.csv", "id,title,version,issued_on,link_reviewed_on\np,P,1,2026-09-01,2026-11-02\n");
    assert_eq!(places(&policies), ["2 link_reviewed_on"]);
}

#[test]
fn each_bad_cell_is_named_and_good_rows_stay() {
    let text = format!(
        "{HEADER}\n\
         good,WELD2,Good,2026-12-01,,Face to face,none,https://example.org/a\n\
         a b,WELD2,A,2026-12-01,,distance,none,\n\
         c,WELD2,,31/02/2027,25:00,sometimes,lots,javascript:alert(1)\n\
         d,NONE,D,2026-12-01,,,,\n\
         e,weld2,E,2026-12-01,,,,\n\
         good,WELD2,Again,2026-12-01,,,,\n\
         f,WELD2,\"F\nwith a break\",2026-12-01,,,,\n\
         g,WELD2,G,2026-12-01,,,,,too much\n"
    );
    let outcome = table("assignments.csv", &text);
    let mut found = places(&outcome);
    found.sort();
    let mut expected = [
        "3 id",
        "4 due_date",
        "4 due_time",
        "4 title",
        "4 mode",
        "4 ai_level",
        "4 link",
        "5 course",
        "6 course",
        "7 -",
        "8 title",
        "10 -",
    ];
    expected.sort_unstable();
    assert_eq!(found, expected);
    assert_eq!(deadlines(&outcome).len(), 1);
    let all = refusals(&outcome).join("\n");
    assert!(all.contains("face-to-face, live-webinar, distance, blended, independent-study"), "{all}");
    assert!(all.contains("none, plan, draft, open"), "{all}");
    assert!(all.contains("There is 'WELD2': write it the same way."), "{all}");
    assert!(all.contains("there already, at assignments.csv:2"), "{all}");
}

#[test]
fn headers_are_found_in_any_case_and_order_and_extra_ones_are_noted() {
    let outcome = table("Learners.csv", "\u{feff}NAME;House;Id\r\nAmina Yusuf;Red;L1\r\n");
    assert_eq!(refusals(&outcome), Vec::<String>::new());
    assert_eq!((outcome.batch.learners[0].id.as_str(), outcome.batch.learners[0].name.as_str()), ("L1", "Amina Yusuf"));
    assert_eq!(outcome.notes, ["Learners.csv:1: columns that are not known are passed over: 'House'."]);
}

#[test]
fn a_file_without_its_columns_or_with_another_encoding_is_refused() {
    let missing = table("assignments.csv", "id,title\na,A\n");
    assert_eq!(places(&missing), ["1 -"]);
    assert!(missing.refused[0].what.contains("course, due_date"));
    assert_eq!(places(&table("learners.csv", "")), ["0 -"]);
    assert_eq!(places(&table("learners.csv", "id,name,ID\n")), ["1 -"]);
    let latin = read_text("learners.csv", b"id,name\nL1,Ren\xE9e\n", &options(None));
    assert_eq!(places(&latin), ["2 -"]);
    assert!(latin.refused[0].what.contains("byte 15") && latin.refused[0].mend.contains("CSV UTF-8"));
    let utf16 = read_text("learners.csv", b"\xFF\xFEi\0d\0", &options(None));
    assert_eq!(places(&utf16), ["0 -"]);
    assert!(utf16.refused[0].mend.contains("CSV UTF-8"));
}

#[test]
fn extensions_enrolments_and_removals_refer_to_what_is_known() {
    let outcome = table(
        "extensions.csv",
        "learner,assignment,due_date,removed\nL1001,report,2026-12-04,\nL9,report,2026-12-04,\nL1001,none,2026-12-04,\n",
    );
    assert_eq!(places(&outcome), ["3 learner", "4 assignment"]);
    let row = &outcome.batch.records[0];
    assert_eq!((row.id.as_str(), &row.audience), ("L1001/report", &Audience::Learner("L1001".into())));
    let outcome = table("enrolments.csv", "learner,course,removed\nL1001,WELD2,yes\nL1001,FSM,perhaps\nL1001,WELD2,\n");
    assert_eq!(places(&outcome), ["3 removed", "4 -"]);
    assert!(outcome.batch.enrolments[0].removed);
}

#[test]
fn sessions_end_after_they_start_and_say_how_to_join() {
    let header = "id,course,title,date,start,end,mode,join_link,telephone,pin,data_mb_per_hour,place";
    let row = |row: &str| table("sessions.csv", &format!("{header}\n{row}\n"));
    let good = row("s,WELD2,S,2027-03-29,9:30am,10:30,,https://meet.example.org/a,020 7946 0123,4417#,450,");
    let [session] = sessions(&good).try_into().unwrap();
    assert_eq!(
        (utc(session.starts), utc(session.ends)),
        ("2027-03-29T08:30:00Z".into(), "2027-03-29T09:30:00Z".into())
    );
    assert_eq!((session.data_mb_per_hour, session.pin.as_deref()), (Some(450), Some("4417#")));
    assert_eq!(places(&row("s,WELD2,S,2027-03-29,10:30,9:30,,,,,,")), ["2 end"]);
    let bad = row("s,WELD2,S,2027-03-29,10:30,,,http://meet.example.org/a,call me,\u{7},lots,");
    assert_eq!(places(&bad), ["2 join_link", "2 telephone", "2 pin", "2 data_mb_per_hour"]);
}

#[test]
fn contacts_have_a_role_that_is_known() {
    let outcome =
        table("contacts.csv", "id,role,name,course\na,Safeguarding lead,Grace,\nb,wizard,Merlin,\nc,tutor,Sam,WELD2\n");
    assert_eq!(places(&outcome), ["3 role"]);
    assert!(refusals(&outcome)[0].contains("tutor, assessor, safeguarding-lead, learner-support, technical"));
    let roles: Vec<_> = bodies::<Contact>(&outcome, Kind::Contact).into_iter().map(|contact| contact.role).collect();
    assert_eq!(roles, [Role::SafeguardingLead, Role::Tutor]);
    assert_eq!(outcome.batch.records[0].audience, Audience::Everyone);
    assert_eq!(outcome.batch.records[1].audience, Audience::Course("WELD2".into()));
}

#[test]
fn an_extension_that_is_no_later_than_its_deadline_is_noted() {
    let folder = tempfile::tempdir().unwrap();
    let put = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    put(
        "assignments.csv",
        "id,course,title,due_date,due_time\na,WELD2,A,2026-12-01,12:00\nb,WELD2,B,2026-12-01,12:00\n",
    );
    put("extensions.csv", "learner,assignment,due_date,due_time\nL1001,a,2026-12-01,12:00\nL1001,b,2026-12-01,12:01\n");
    let outcome = import::read(folder.path(), &options(None));
    assert_eq!(refusals(&outcome), Vec::<String>::new());
    assert_eq!(outcome.notes.len(), 1);
    assert!(outcome.notes[0].contains("extensions.csv:2: the extension is not later"), "{:?}", outcome.notes);
}

#[test]
fn hours_are_for_whoever_sees_the_contact_and_end_after_they_begin() {
    let outcome = table(
        "hours.csv",
        "contact,weekday,from,until\ntutor,Monday,9am,5pm\ntutor,monday,17:00,9:00\nnobody,monday,9:00,10:00\ntutor,today,9:00,10:00\n\
         tutor,monday,9:00,12:00\n",
    );
    assert_eq!(places(&outcome), ["3 until", "5 weekday", "4 contact", "6 -"]);
    let [row] = &outcome.batch.records[..] else { panic!("{:?}", outcome.batch.records) };
    assert_eq!((row.id.as_str(), &row.audience), ("tutor/1/09:00", &Audience::Course("WELD2".into())));
    assert_eq!(row.body, r#"{"contact":"tutor","weekday":1,"from":540,"until":1020}"#);
}

#[test]
fn holidays_are_for_everyone_and_of_england_unless_it_is_said() {
    let outcome = table(
        "holidays.csv",
        "date,name,nation\n25/12/2026,Christmas Day,\n2026-12-25,Christmas Day,Scotland\n2026-13-01,X,mars\n",
    );
    assert_eq!(places(&outcome), ["4 date", "4 nation"]);
    let ids: Vec<_> = outcome.batch.records.iter().map(|row| (row.id.as_str(), &row.audience)).collect();
    assert_eq!(ids, [("england/2026-12-25", &Audience::Everyone), ("scotland/2026-12-25", &Audience::Everyone)]);
}

const CHECKS: &str = "session,number,kind,question,a,b,c,right,explanation";

fn checks(rows: &str) -> Outcome {
    table("checks.csv", &format!("{CHECKS}\n{rows}\n"))
}

#[test]
fn questions_go_to_the_course_of_their_session_with_what_is_right() {
    let outcome =
        checks("W1,1,one,Which?,A,B,,b,Because.\nW1,2,Several,Which all?,A,B,C,\"A, c\",So.\nW1,3,text,Why?,,,,,Heat.");
    assert_eq!(refusals(&outcome), [""; 0]);
    let questions = &outcome.batch.records;
    assert!(questions.iter().all(|row| row.audience == Audience::Course("WELD2".into())));
    let bodies: Vec<&str> = questions.iter().map(|row| row.body.as_str()).collect();
    assert_eq!(
        bodies,
        [
            r#"{"webinar":"W1","number":1,"kind":"one","question":"Which?","choices":[{"text":"A"},{"text":"B","right":true}],"explanation":"Because."}"#,
            r#"{"webinar":"W1","number":2,"kind":"several","question":"Which all?","choices":[{"text":"A","right":true},{"text":"B"},{"text":"C","right":true}],"explanation":"So."}"#,
            r#"{"webinar":"W1","number":3,"kind":"text","question":"Why?","explanation":"Heat."}"#,
        ]
    );
}

#[test]
fn a_question_that_is_not_whole_is_refused_by_its_column() {
    for (row, place) in [
        ("none,1,text,Why?,,,,,Heat.", "2 session"),
        ("W1,4,text,Why?,,,,,Heat.", "2 number"),
        ("W1,1,guess,Why?,,,,,Heat.", "2 kind"),
        ("W1,1,one,Which?,A,B,,d,Because.", "2 right"),
        ("W1,1,one,Which?,A,B,,a b,Because.", "2 right"),
        ("W1,1,several,Which?,A,B,,,Because.", "2 right"),
        ("W1,1,one,Which?,A,,,a,Because.", "2 a"),
        ("W1,1,one,Which?,A,A,,a,Because.", "2 a"),
        ("W1,1,text,Why?,A,B,,,Heat.", "2 a"),
        ("W1,1,text,Why?,,,,,", "2 explanation"),
    ] {
        assert_eq!(places(&checks(row)), [place], "{row}");
    }
    assert!(refusals(&checks("W1,1,text,Why?,,,,,x\nW1,1,text,How?,,,,,y"))[0].contains("is there already"));
}
