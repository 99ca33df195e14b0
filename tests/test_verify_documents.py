"""The script that measures a folder of documents against golden records."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

SCRIPT = Path(__file__).parent.parent / "scripts" / "verify-documents"
FORM = """项目支出绩效目标表
项目名称\t社区食堂补助
一级指标\t二级指标\t三级指标\t指标值
产出指标\t数量指标\t补助食堂数量\t≥6家
产出指标\t质量指标\t验收合格率\t100%
"""
GOLD = {
    "form_id": "one",
    "title": "项目支出绩效目标表",
    "project_name": "社区食堂补助",
    "indicators": [
        {"level1": "产出指标", "level2": "数量指标", "level3": "补助食堂数量", "value": "≥6家"},
        {"level1": "产出指标", "level2": "质量指标", "level3": "验收合格率", "value": "95%"},
    ],
}


def test_figures_are_those_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "form.txt").write_text(FORM, encoding="utf-8")
    (tmp_path / "locked.rtf").write_bytes(b"{\\rtf1")
    (tmp_path / "golden.json").write_text(json.dumps([GOLD]), encoding="utf-8")
    index = {
        "form.txt": {"forms": ["one"], "shape": "plain", "expect": "records"},
        "locked.rtf": {"forms": [], "shape": "hostile", "expect": "sentence"},
    }
    (tmp_path / "index.json").write_text(json.dumps(index), encoding="utf-8")
    call = [sys.executable, str(SCRIPT), str(tmp_path), "--gold", str(tmp_path)]
    done = subprocess.run(call, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    refused, plain = done.stdout.splitlines()
    assert "F1 0.500 full 0.500 fields 1.000" in plain
    assert "refused 1 unlike 0" in refused
