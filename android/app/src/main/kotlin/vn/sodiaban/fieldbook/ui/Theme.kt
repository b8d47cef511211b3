package vn.sodiaban.fieldbook.ui

import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Shapes
import androidx.compose.material3.Typography
import androidx.compose.material3.lightColorScheme
import androidx.compose.runtime.Composable
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.platform.LocalDensity
import androidx.compose.ui.text.TextStyle
import androidx.compose.ui.text.font.FontWeight
import androidx.compose.ui.unit.Density
import androidx.compose.ui.unit.dp
import androidx.compose.ui.unit.sp
import vn.sodiaban.fieldbook.me.TextSize

/** One accent on white, everything that is read at least 7 : 1; light only, since it is read in the sun. */
private val Colours = lightColorScheme(
    primary = Color(0xFF00574B),
    onPrimary = Color.White,
    primaryContainer = Color(0xFFD7EFE9),
    onPrimaryContainer = Color(0xFF00332B),
    secondary = Color(0xFF00574B),
    onSecondary = Color.White,
    secondaryContainer = Color(0xFFE3EDEA),
    onSecondaryContainer = Color(0xFF1A2B27),
    background = Color.White,
    onBackground = Color(0xFF151A19),
    surface = Color.White,
    onSurface = Color(0xFF151A19),
    surfaceVariant = Color(0xFFEEF2F1),
    onSurfaceVariant = Color(0xFF3A4442),
    surfaceContainer = Color(0xFFF1F5F4),
    outline = Color(0xFF63706D),
    outlineVariant = Color(0xFFC2CCC9),
    error = Color(0xFF9B1C12),
    onError = Color.White,
    errorContainer = Color(0xFFFCE4E1),
    onErrorContainer = Color(0xFF5F0F08),
)

private fun style(size: Int, line: Int, weight: FontWeight = FontWeight.Normal) =
    TextStyle(fontSize = size.sp, lineHeight = line.sp, fontWeight = weight)

/** Body is 18 sp, what is less read 16; titles begin at 24. */
private val Words = Typography(
    headlineMedium = style(28, 36, FontWeight.SemiBold),
    headlineSmall = style(26, 34, FontWeight.SemiBold),
    titleLarge = style(24, 32, FontWeight.SemiBold),
    titleMedium = style(20, 28, FontWeight.SemiBold),
    titleSmall = style(18, 26, FontWeight.SemiBold),
    bodyLarge = style(18, 26),
    bodyMedium = style(18, 26),
    bodySmall = style(16, 24),
    labelLarge = style(18, 24, FontWeight.SemiBold),
    labelMedium = style(16, 22, FontWeight.Medium),
    labelSmall = style(16, 22),
)

private val Corners = Shapes(small = RoundedCornerShape(8.dp), medium = RoundedCornerShape(12.dp), large = RoundedCornerShape(16.dp))

/** The look of every screen. Words are as large as the larger of the system's and the chosen size, never multiplied. */
@Composable
fun FieldbookTheme(textSize: TextSize = TextSize.USUAL, content: @Composable () -> Unit) {
    val system = LocalDensity.current
    val density = if (system.fontScale >= textSize.scale) system else Density(system.density, textSize.scale)
    CompositionLocalProvider(LocalDensity provides density) {
        MaterialTheme(colorScheme = Colours, typography = Words, shapes = Corners, content = content)
    }
}

/** From this size on, what stands side by side stands one below the other. */
const val LARGE_WORDS = 1.3f

@Composable
fun areWordsLarge(): Boolean = LocalDensity.current.fontScale >= LARGE_WORDS
