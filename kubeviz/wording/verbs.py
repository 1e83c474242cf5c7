"""What the page's buttons say, in Korean and English."""

VERBS: dict[str, tuple[str, str]] = {
    "delete": ("지우기", "Delete"),
    "delete_pod": ("파드 지우기", "Delete the pod"),
    "scale": ("파드 수 바꾸기", "Scale"),
    "restart": ("다시 시작", "Restart"),
    "break_selector": ("셀렉터 망가뜨리기", "Break the selector"),
    "mend_selector": ("셀렉터 고치기", "Mend the selector"),
    "set_target_port": ("targetPort 바꾸기", "Set targetPort"),
    "set_ready_false": ("준비 안 됨으로", "Make it unready"),
    "set_ready_true": ("준비됨으로", "Make it ready"),
    "crash": ("앱 죽이기", "Crash the app"),
    "recover": ("앱 살리기", "Mend the app"),
    "set_node_power_off": ("노드 끄기", "Power the node off"),
    "set_node_power_on": ("노드 켜기", "Power the node on"),
    "cordon": ("새 파드 막기 (cordon)", "Cordon"),
    "uncordon": ("새 파드 받기 (uncordon)", "Uncordon"),
    "firewall_allow": ("방화벽 열기", "Open the firewall"),
    "firewall_deny": ("규칙 지우기", "Delete the rule"),
}
