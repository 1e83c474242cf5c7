from django.apps import AppConfig


class KubevizConfig(AppConfig):
    name = "kubeviz"
    label = "kubeviz"
    default_auto_field = "django.db.models.BigAutoField"
