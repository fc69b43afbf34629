"""巡检: what an inspector of government sites would find, and where it is mended."""
