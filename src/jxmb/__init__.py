"""Read and lint China's 项目支出绩效目标表 (budget performance-target forms)."""

__version__ = "0.1.0"
