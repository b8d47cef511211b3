package vn.sodiaban.fieldbook.ui

import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.testTag

/** Marks the main action of a page, so that a test can hold it to its height. */
const val MAIN_ACTION = "main_action"

fun Modifier.tagMainAction(): Modifier = testTag(MAIN_ACTION)
