"""A small inventory on the stack that Pacil grew from, as its readers would write it: Django, its ORM, its sessions.

    python3 inventory.py DATA_FOLDER prepare      makes the database: two users with 200 items each, prints a session
    DATA=… gunicorn inventory:application         serves it
"""
import json
import os
import sys

from django.conf import settings

FOLDER = os.environ.get("DATA") or sys.argv[1]
settings.configure(
    SECRET_KEY="for measuring only", ALLOWED_HOSTS=["*"], ROOT_URLCONF=__name__, DEBUG=False,
    INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions", "main"],
    MIDDLEWARE=[
        "django.middleware.security.SecurityMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
    ],
    TEMPLATES=[{
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {"loaders": [("django.template.loaders.cached.Loader", [
            ("django.template.loaders.filesystem.Loader", [os.path.dirname(os.path.abspath(__file__))])])]},
    }],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": f"{FOLDER}/django.db", "OPTIONS": {"timeout": 20}}},
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField", USE_TZ=True,
)

import types

main = types.ModuleType("main")
main.__path__ = [FOLDER]
main.__file__ = f"{FOLDER}/main.py"
sys.modules["main"] = main

import django

django.setup()

from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.core.wsgi import get_wsgi_application
from django.db import models, transaction
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.views.decorators.csrf import ensure_csrf_cookie


class Item(models.Model):
    user = models.ForeignKey(User, on_delete=models.CASCADE)
    name = models.CharField(max_length=255)
    amount = models.IntegerField(default=0)
    description = models.TextField(blank=True)
    updated = models.DateTimeField(auto_now=True)

    class Meta:
        app_label = "main"

    def shape(self):
        return {"id": self.id, "name": self.name, "amount": self.amount, "description": self.description,
                "updated": self.updated.isoformat()}


@login_required
def items(request):
    if request.method == "POST":
        body = json.loads(request.body)
        with transaction.atomic():
            item = Item.objects.create(user=request.user, name=body["name"], amount=body["amount"])
        return JsonResponse(item.shape(), status=201)
    return JsonResponse([item.shape() for item in Item.objects.filter(user=request.user).order_by("id")[:50]], safe=False)


@login_required
def item(request, pk):
    return JsonResponse(get_object_or_404(Item, pk=pk, user=request.user).shape())


@login_required
def movement(request, pk):
    delta = json.loads(request.body)["delta"]
    with transaction.atomic():
        changed = Item.objects.filter(pk=pk, user=request.user, amount__gte=-delta).update(amount=models.F("amount") + delta)
    return JsonResponse({"changed": changed}, status=201)


@login_required
def search(request):
    found = Item.objects.filter(user=request.user, name__icontains=request.GET["q"])[:50]
    return JsonResponse([item.shape() for item in found], safe=False)


@login_required
@ensure_csrf_cookie
def page(request):
    return render(request, "page.html", {"items": Item.objects.filter(user=request.user).order_by("name")[:50]})


urlpatterns = [
    path("", page), path("api/items", items), path("api/items/<int:pk>", item),
    path("api/items/<int:pk>/movements", movement), path("api/search", search),
]
application = get_wsgi_application()

if __name__ == "__main__" and sys.argv[2] == "prepare":
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    with connection.schema_editor() as schema:
        schema.create_model(Item)
    for name in ("ana", "budi"):
        user = User.objects.create_user(name, password="blue-otter-42")
        Item.objects.bulk_create(
            Item(user=user, name=f"Item number {n}", amount=n, description=f"A thing on shelf {n}") for n in range(1, 201))
    ana = User.objects.get(username="ana")
    session = SessionStore()
    session[SESSION_KEY] = str(ana.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = ana.get_session_auth_hash()
    session.save()
    print(session.session_key)
