"""The commands. Each cog translates between Discord and the app and decides nothing itself."""
