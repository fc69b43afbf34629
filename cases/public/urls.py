"""Addresses of the public pages. They carry codes, slugs and ids, never titles, and stay for ever."""

from django.urls import URLPattern, path, re_path

from cases.public import pictures, policies, views
from cases.public.addresses import FILES
from cases.public.card.page import case_card, site_card
from cases.public.compare.page import compare
from cases.public.corrections.page import correction_page, receipt_page
from cases.public.data import files, tables
from cases.public.data.page import api_page, data_page, dataset_file
from cases.public.like.page import like_page
from cases.public.machines.files import manifest, mark, robots, security
from cases.public.machines.sitemap import sitemap_index, sitemap_part
from cases.public.numbers.page import numbers, numbers_feed, numbers_file
from cases.public.overview.maps import city_map, province_map
from cases.public.overview.matrix import matrix_page
from cases.public.overview.trends import trends_page
from cases.public.reader.accessibility import accessibility_page
from cases.public.reader.citing import FILES as CITE_FILES
from cases.public.reader.citing import cite_file, cite_page
from cases.public.reader.reading_list import reading_list, reading_list_code, reading_list_document
from cases.public.reader.sharing import case_code, share_page
from cases.public.search.page import search_page
from cases.public.search.suggesting import suggest
from cases.public.site_map import sitemap_page
from cases.public.style import style_page
from cases.public.versions.page import version_page, versions_page
from cases.renditions import WIDTHS

urlpatterns: list[URLPattern] = [
    path("", views.home, name="home"),
    path("cases/", views.case_list, name="cases"),
    path("cases/page/<int:number>/", views.case_list, name="cases"),
    path("cases/<int:pk>/", views.case, name="case"),
    *(path(f"cases/{file}", files.cases_file, {"file": file}, name=f"cases-{file}") for file in FILES),
]
for kind, plural, key in (
    ("region", "regions", "<str:key>"),
    ("department", "departments", "<slug:key>"),
    ("theme", "themes", "<slug:key>"),
    ("tag", "tags", "<str:key>"),
):
    urlpatterns += [
        path(f"{plural}/", views.term_index, {"kind": kind}, name=plural),
        path(f"{plural}/{plural}.csv", tables.vocabulary_file, {"name": plural}, name=f"{plural}-csv"),
        path(f"{plural}/{key}/", views.term, {"kind": kind}, name=kind),
        path(f"{plural}/{key}/page/<int:number>/", views.term, {"kind": kind}, name=kind),
        *(
            path(f"{plural}/{key}/{file}", files.term_file, {"kind": kind, "file": file}, name=f"{kind}-{file}")
            for file in FILES  # each list has its files beside it
        ),
    ]
urlpatterns += [
    path("search/", search_page, name="search"),
    path("search/suggest/", suggest, name="suggest"),
    *(path(f"search/{file}", files.search_file, {"file": file}, name=f"search-{file}") for file in FILES),
    path("data/", data_page, name="data"),
    path("data/api/", api_page, name="api-docs"),
    path("data/casebook.zip", dataset_file, name="dataset"),
    path("numbers/", numbers, name="numbers"),
    path("numbers.csv", numbers_file, {"media": "text/csv"}, name="numbers_file"),
    path("numbers.json", numbers_file, {"media": "application/json"}, name="numbers_json"),
    path("numbers/feed.atom", numbers_feed, name="numbers_feed"),
    path("compare/", compare, name="compare"),
    path("cases/<int:pk>/like/", like_page, name="like"),
    path("cases/<int:pk>/cite/", cite_page, name="cite"),
    *(path(f"cases/<int:pk>/cite.{kind}", cite_file, {"kind": kind}, name=f"cite-{kind}") for kind in CITE_FILES),
    path("cases/<int:pk>/share/", share_page, name="share"),
    path("cases/<int:pk>/qr.svg", case_code, name="qr"),
    path("accessibility/", accessibility_page, name="accessibility"),
    path("reading-list/", reading_list, name="reading-list"),
    path("reading-list/qr.svg", reading_list_code, name="reading-list-qr"),
    path("reading-list/list.docx", reading_list_document, name="reading-list-docx"),
    path("cases/<int:pk>/versions/", versions_page, name="versions"),
    path("cases/<int:pk>/versions/<int:number>/", version_page, name="version"),
    path("cases/<int:pk>/correction/", correction_page, name="correction"),
    path("corrections/<slug:token>/", receipt_page, name="correction-receipt"),
    path("policies/", policies.policy_index, name="policies"),
    path("policies/policies.csv", policies.policies_file, {"is_csv": True}, name="policies-csv"),
    path("policies/policies.json", policies.policies_file, {"is_csv": False}, name="policies-json"),
    path("policies/page/<int:number>/", policies.policy_index, name="policies"),
    path("policies/<str:key>/", policies.policy, name="policy"),
    path("policies/<str:key>/page/<int:number>/", policies.policy, name="policy"),
    *(path(f"policies/<str:key>/{file}", files.policy_file, {"file": file}, name=f"policy-{file}") for file in FILES),
    path("maps/", province_map, name="map"),
    path("maps/map.csv", province_map, {"as_csv": True}, name="map-csv"),
    path("maps/<str:code>/", city_map, name="city_map"),
    path("maps/<str:code>/map.csv", city_map, {"as_csv": True}, name="city_map-csv"),
    path("trends/", trends_page, name="trends"),
    path("trends/trends.csv", trends_page, {"as_csv": True}, name="trends-csv"),
    path("matrix/", matrix_page, name="matrix"),
    path("matrix/matrix.csv", matrix_page, {"as_csv": True}, name="matrix-csv"),
    path("sitemap/", sitemap_page, name="sitemap_page"),
    path("style/", style_page, name="style"),
    path("<slug:slug>/", views.page, name="page"),  # last: it fits every single word
]

# Outside the languages: a picture has one address.
media_urlpatterns = [
    path("card.png", site_card, name="site_card"),
    path("robots.txt", robots, name="robots"),
    path("manifest.webmanifest", manifest, name="manifest"),
    path(".well-known/security.txt", security, name="security"),
    path("sitemap.xml", sitemap_index, name="sitemap"),
    path("sitemap-<str:kind>-<int:number>.xml", sitemap_part, name="sitemap_part"),
    re_path(r"^marks/(?P<name>party|fault)$", mark, name="mark"),
    path("cases/<int:pk>/card.png", case_card, name="card"),
    re_path(r"^media/pictures/(?P<file>[0-9a-f]{64}\.(?:jpg|png|webp))$", pictures.picture, name="picture"),
    re_path(
        rf"^media/pictures/(?P<digest>[0-9a-f]{{64}})-(?P<width>{'|'.join(map(str, WIDTHS))})\.webp$",
        pictures.smaller_picture,
        name="smaller_picture",
    ),
]
