package vn.sodiaban.fieldbook.me

import androidx.compose.runtime.Composable
import androidx.compose.ui.tooling.preview.Preview
import vn.sodiaban.fieldbook.ui.FieldbookTheme

@Preview
@Composable
private fun LockPreview() = FieldbookTheme { LockContent(isWrong = false, onPin = {}, onForget = {}) }

@Preview
@Composable
private fun WrongPreview() = FieldbookTheme { LockContent(isWrong = true, onPin = {}, onForget = null) }
