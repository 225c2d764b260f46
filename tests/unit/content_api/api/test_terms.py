# SPDX-License-Identifier: EUPL-1.2
import pytest

SEA = {
    "id": "sea",
    "kind": "sea",
    "locales": {
        "en": {
            "preferred": "East Sea",
            "forbidden": [{"form": "South China Sea", "reason": "official usage"}],
        }
    },
}
PATH = "/v1/desk/terms"


def test_a_concept_is_added_read_changed_and_retired(call):
    made = call("POST", PATH, "terminologist", json=SEA)
    assert (made.status_code, made.headers["ETag"]) == (201, '"t1"')
    assert call("POST", PATH, "terminologist", json=SEA).status_code == 200
    changed = {key: value for key, value in SEA.items() if key != "id"} | {"note": "x"}
    given = {"If-Match": '"t1"'}
    put = call("PUT", f"{PATH}/sea", "terminologist", json=changed, headers=given)
    assert (put.status_code, put.headers["ETag"]) == (200, '"t2"')
    again = call("PUT", f"{PATH}/sea", "terminologist", json=changed, headers=given)
    assert (again.status_code, again.json["current_etag"]) == (412, '"t2"')
    assert call("PUT", f"{PATH}/sea", "terminologist", json=changed).status_code == 428
    gone = call("DELETE", f"{PATH}/sea", "terminologist", headers={"If-Match": '"t2"'})
    assert gone.json["retired"] is True
    assert call("GET", PATH, "terminologist").json["items"] == []
    assert call("GET", f"{PATH}/sea", "terminologist").json["retired"] is True


def test_concepts_are_found_without_marks_page_by_page(call):
    for name in ("a", "b"):
        forms = {"vi": {"preferred": f"Biển Đông {name}"}}
        call("POST", PATH, "terminologist", json={"id": name, "kind": "sea", "locales": forms})
    first = call("GET", f"{PATH}?q=bien%20dong&limit=1", "terminologist").json
    assert ([each["id"] for each in first["items"]], first["next"]) == (["a"], "a")
    second = call("GET", f"{PATH}?q=bien%20dong&limit=1&cursor=a", "terminologist").json
    assert ([each["id"] for each in second["items"]], second["next"]) == (["b"], None)


def test_only_who_manages_terms_may_change_them(call):
    assert call("POST", PATH, "author", json=SEA).status_code == 403
    assert call("GET", PATH, "author").status_code == 403


def test_a_wrong_concept_is_named_field_by_field(call):
    wrong = {"id": "sea", "kind": "sea", "locales": {"en": {"preferred": "…"}}}
    answer = call("POST", PATH, "terminologist", json=wrong)
    assert answer.status_code == 422
    assert answer.json["errors"][0]["pointer"] == "/locales/en/preferred"


def put_file(app, data, media_type, query=""):
    return app.test_client().put(
        f"{PATH}/import{query}",
        data=data,
        content_type=media_type,
        headers={"Authorization": "Bearer ck_" + "terminologist" * 8},
    )


def test_a_file_is_imported_once_and_exported(app, call):
    call("POST", PATH, "terminologist", json=SEA)
    for form, media_type in (("csv", "text/csv"), ("tbx", "application/x-tbx")):
        data = call("GET", f"{PATH}/export?format={form}", "terminologist").data
        report = put_file(app, data, media_type).json
        assert (report["created"], report["changed"], report["unchanged"]) == ([], [], 1)
        renamed = data.replace(b"East Sea", b"Eastern Sea")
        dry = put_file(app, renamed, media_type, "?dry_run=true").json
        assert (dry["changed"], dry["dry_run"]) == (["sea"], True)
    assert call("GET", f"{PATH}/sea", "terminologist").json["revision"] == 1


def test_a_file_with_one_problem_changes_nothing(app, call):
    data = "id,kind,locale,status,form\na,sea,en,preferred,A\nb,moon,en,preferred,B\n"
    answer = put_file(app, data, "text/csv")
    assert answer.status_code == 422
    assert (answer.json["problems"][0]["row"], answer.json["problems"][0]["column"]) == (3, 2)
    assert call("GET", PATH, "terminologist").json["items"] == []
    assert put_file(app, data, "application/json").status_code == 415


@pytest.fixture
def article(call, written):
    call("POST", PATH, "terminologist", json=SEA)
    written["locales"]["en"]["title"] = "South China Sea"
    return call("POST", "/v1/desk/articles", "author", json=written).json


def test_saving_answers_with_findings_and_approval_waits_for_them(call, article):
    (warning,) = article["warnings"]
    assert (warning["pointer"], warning["start"], warning["end"]) == ("/locales/en/title", 0, 15)
    path = f"/v1/desk/articles/{article['id']}"
    refused = call("POST", f"{path}/approve", "editor", seen=1)
    assert refused.status_code == 409
    assert refused.json["findings"][0]["concept"] == "sea"
    assert refused.json["errors"][0]["pointer"] == "/locales/en/title"


def test_a_waiver_lets_it_pass_also_after_other_edits(call, article, written, store):
    path = f"/v1/desk/articles/{article['id']}"
    waiver = {"fingerprint": article["warnings"][0]["fingerprint"], "reason": "A quoted title."}
    assert call("POST", f"{path}/terms/waivers", "author", json=waiver).status_code == 403
    assert call("POST", f"{path}/terms/waivers", "editor", json=waiver).status_code == 201
    assert call("POST", f"{path}/terms/waivers", "editor", json=waiver).status_code == 200
    written["locales"]["en"]["summary"] = "Another sentence."
    assert call("PUT", path, "author", json=written, seen=1).status_code == 200
    report = call("GET", f"{path}/terms", "author").json
    assert (report["blocking"], report["items"][0]["waiver"]["waived_by"]) == (0, "editor")
    assert call("POST", f"{path}/approve", "editor", seen=2).status_code == 200
    assert [line[1] for line in store.tables.audit].count("waive-term") == 1


def test_a_waiver_is_for_a_finding_of_the_draft(call, article):
    waiver = {"fingerprint": "0" * 32, "reason": "No such thing."}
    path = f"/v1/desk/articles/{article['id']}/terms/waivers"
    assert call("POST", path, "editor", json=waiver).status_code == 422
